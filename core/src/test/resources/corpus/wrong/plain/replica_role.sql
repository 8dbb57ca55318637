-- expect: triggers-off:2
SET session_replication_role TO 'replica';
DELETE FROM orders WHERE id = 17;
RESET session_replication_role;
