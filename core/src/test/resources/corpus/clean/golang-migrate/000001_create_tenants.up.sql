BEGIN;
CREATE TABLE tenants (
    id   uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z][a-z0-9-]{2,40}$')
);
CREATE TABLE tenant_domains (
    tenant_id uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    domain    text PRIMARY KEY
);
CREATE INDEX tenant_domains_tenant ON tenant_domains (tenant_id);
COMMIT;
