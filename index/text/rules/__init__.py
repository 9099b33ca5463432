"""The rules of the repair: each one file, which says what damage it mends and on what evidence.

Besides them: `rule`, what all of them are; `mapping`, edits of the rules that replace single characters;
`readings`, what `pinyin` looks up; `misread`, the stretches that `mojibake` judges; `slip_search`, what
`slips` chooses from.
"""
