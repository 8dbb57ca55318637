-- +goose Up
CREATE TABLE notes (id bigint PRIMARY KEY, body text, updated_at timestamptz);
-- +goose StatementBegin
CREATE FUNCTION touch_notes() RETURNS trigger AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;
-- +goose StatementEnd
CREATE TRIGGER notes_touch BEFORE INSERT OR UPDATE ON notes
    FOR EACH ROW EXECUTE FUNCTION touch_notes();

-- +goose Down
DROP TRIGGER notes_touch ON notes;
DROP FUNCTION touch_notes();
DROP TABLE notes;
