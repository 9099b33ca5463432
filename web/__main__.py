"""`python -m web` is `policy-search`."""

from web.cli import main

main()
