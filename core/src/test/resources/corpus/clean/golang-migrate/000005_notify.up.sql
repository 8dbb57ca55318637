CREATE TABLE events (id bigserial PRIMARY KEY, topic text NOT NULL, body jsonb);
CREATE OR REPLACE FUNCTION notify_event() RETURNS trigger AS $$
BEGIN
    PERFORM pg_notify('events', json_build_object('topic', NEW.topic, 'id', NEW.id)::text);
    RETURN NULL;
END $$ LANGUAGE plpgsql;
CREATE CONSTRAINT TRIGGER events_notify AFTER INSERT ON events
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE PROCEDURE notify_event();
