CREATE OR REPLACE VIEW active_account AS
SELECT a.*, count(m.*) FILTER (WHERE m.role = 'writer') AS writers
FROM account a JOIN account_member m ON m.account_id = a.id
GROUP BY a.id
HAVING count(*) > 1;
