CREATE TABLE ledger (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account  bigint NOT NULL,
    amount   numeric NOT NULL
);

CREATE PROCEDURE transfer(from_account bigint, to_account bigint, amount numeric)
LANGUAGE sql
BEGIN ATOMIC
    INSERT INTO ledger (account, amount) VALUES (from_account, -amount);
    INSERT INTO ledger (account, amount) VALUES (to_account, amount);
END;
