#!/bin/sh
# What was added on one day, as a table: examples/daily_export.sh 2026-11-27 articles.csv [ADDRESS]
# One request gives 10,000 articles at most; daily_export.py has no such bound.
set -eu
api=${3:-http://127.0.0.1:8000}/api/v1
curl --fail-with-body -sS --retry 3 -G "$api/search.csv" -o "$2.part" \
    -d "added_after=$1" -d "added_before=$1" -d sort=added -d collapse=none -d per_page=10000 -d bom=true \
    -d fields=id,title,url,source,published_at,region,topic,document_number,agency
mv -- "$2.part" "$2"
