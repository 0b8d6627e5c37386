"""The dense oracle: what a report says of three questions, in plain numpy from the words of docs/method.md.

`plain` has the definitions of the method page, `answer`, `beside`, `scenarios` and `told` the fields of an `Outcome`,
`questions` what is asked.
"""
