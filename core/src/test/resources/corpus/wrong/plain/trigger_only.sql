-- expect: trigger-without-backfill:2
CREATE FUNCTION fill_total() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.total := NEW.net * 1.2;
    RETURN NEW;
END $$;
CREATE TRIGGER fill_total BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION fill_total();
