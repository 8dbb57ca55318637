DROP TABLE events;
DROP FUNCTION notify_event();
