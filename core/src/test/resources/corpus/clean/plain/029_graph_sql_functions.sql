CREATE OR REPLACE FUNCTION fill(n int, VARIADIC parts text[] DEFAULT '{}') RETURNS TABLE (i int, part text)
LANGUAGE plpgsql COST 10 ROWS 100 LEAKPROOF SET work_mem = '1MB' AS
$outer$
#variable_conflict use_column
<<block>>
DECLARE
    c CONSTANT int := 3;
    cur CURSOR (k int) FOR SELECT k;
    arr int[] := ARRAY[1, 2];
BEGIN
    FOREACH i SLICE 0 IN ARRAY arr LOOP
        CONTINUE WHEN i = 2;
        part := parts[i];
        RETURN NEXT;
    END LOOP;
    FOR n IN REVERSE 3..1 BY 1 LOOP
        ASSERT n > 0, 'never';
    END LOOP;
    RETURN QUERY EXECUTE 'SELECT $1, $2' USING c, $inner$x; y$inner$;
    WHILE false LOOP NULL; END LOOP;
    OPEN cur(3);
    FETCH cur INTO i;
    CLOSE cur;
END block;
$outer$;
