"""The dashboard: pages rendered on the server, in Dutch and English, that work without script.

`routes.router` is all that the application needs. A request is read by `choices`, answered by the queries in
`models`, prepared by the module of its page (`front`, `article`), drawn by `charts` and written by `render`.
"""
