DROP INDEX CONCURRENTLY tenant_domains_lower;
