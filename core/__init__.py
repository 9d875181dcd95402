"""«Цикл качества»: the rooms of the house, in the order in which data walks through them.

    words, errors       how numbers, dates, nouns and refusals are said in Russian
    store               database: engine, unit of work, migrations, audit trail, backup
    workbooks           spreadsheets in (in a limited child process) and out
    people              organisations, associations, accounts, and Scope: who may see and change what
    web                 the HTTP server's own rules: who is admitted, headers, the frame page
    blueprints          what a work consists of: items, content elements, task types, mark scales, thresholds
    intake              a file -> recognised layout -> checked works -> stored upload (or nothing stored)
    analysis            statistics of works; problem fields
    planning            roadmaps, human deadlines, approval, meetings, reminders
    documents           official documents out, by templates that people may edit
    charts              a table in, an Altair figure out
    demo                the synthetic demo municipality
    cli                 the same use cases without a browser: python -m core ...

A room imports only rooms above it in this list (checked by import-linter, see pyproject.toml).
No room imports streamlit.
"""
