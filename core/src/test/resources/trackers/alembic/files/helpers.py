revision = "not a version: it comes after nothing"
