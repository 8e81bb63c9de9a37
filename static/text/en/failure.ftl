# Said when the page cannot go on. They are part of the program: all other words are fetched.

failure-title = nicscope has failed
failure-advice = This is a mistake in the program. Reload the page to go on; the report helps to mend it.
failure-missing = A file of the page could not be fetched. Check the connection, then reload.
failure-copy = Copy report
failure-reload = Reload
