-- expect: check-without-not-valid:2
ALTER TABLE ONLY orders ADD CHECK (total >= 0);
