CREATE INDEX CONCURRENTLY tenant_domains_lower ON tenant_domains (lower(domain));
