-- expect: vacuum-full:2
VACUUM (FULL, ANALYZE) orders;
