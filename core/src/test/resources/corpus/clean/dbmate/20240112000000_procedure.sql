-- migrate:up
CREATE PROCEDURE return_book(IN loan bigint, INOUT late boolean DEFAULT false) LANGUAGE plpgsql AS $$
BEGIN
  UPDATE loans SET during = tstzrange(lower(during), now()) WHERE id = loan RETURNING upper(during) - lower(during) > '14 days' INTO late;
END $$;
-- migrate:down
DROP PROCEDURE return_book(bigint, boolean);
