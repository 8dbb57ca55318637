-- migrate:up
CREATE FUNCTION overdue(days int DEFAULT 14, OUT loan_id bigint, OUT title text)
RETURNS SETOF record AS $fn$
DECLARE
  r record;
BEGIN
  FOR r IN
    SELECT l.id, b.title FROM loans l JOIN books b ON b.id = l.book_id
    WHERE upper(l.during) < now() - make_interval(days => days)
  LOOP
    loan_id := r.id;
    title := r.title;
    RETURN NEXT;
  END LOOP;
  IF NOT FOUND THEN
    RAISE NOTICE 'nothing is overdue; % days', days;
  END IF;
EXCEPTION
  WHEN data_exception THEN
    RAISE EXCEPTION USING MESSAGE = 'bad range', ERRCODE = '22000';
END
$fn$ LANGUAGE plpgsql STABLE;

-- migrate:down
DROP FUNCTION overdue(int);
