"""The optional stage that ranks by meaning: embedders, and how their vectors change the order of hits."""
