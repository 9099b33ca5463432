#!/bin/sh
# What a query finds of the articles that were added since a day, one in each line, the last one first:
# examples/alert.sh '补贴' 2026-11-27 [ADDRESS]
set -eu
api=${3:-http://127.0.0.1:8000}/api/v1
curl --fail-with-body -sS -G "$api/search.ndjson" --data-urlencode "q=$1" -d "added_after=$2" -d sort=added -d match=all \
    -d per_page=100 -d fields=id,title,url -d snippets=0 -d highlight=none
