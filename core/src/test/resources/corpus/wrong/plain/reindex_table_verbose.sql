-- expect: reindex-without-concurrently:2
REINDEX (VERBOSE) TABLE orders;
