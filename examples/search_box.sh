#!/bin/sh
# What a text may go on as, and what it finds: examples/search_box.sh '协同创新 -武汉' [ADDRESS]
set -eu
api=${2:-http://127.0.0.1:8000}/api/v1
curl --fail-with-body -sS -G "$api/suggest" --data-urlencode "q=$1" -d limit=5
echo
curl --fail-with-body -sS -G "$api/search" --data-urlencode "q=$1" -d per_page=5 -d snippets=1 -d highlight=html
echo
