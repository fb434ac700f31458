"""Questions as plain data: what files of questions and the bank have in common."""
