BEGIN;
DROP TABLE tenant_domains;
DROP TABLE tenants;
COMMIT;
