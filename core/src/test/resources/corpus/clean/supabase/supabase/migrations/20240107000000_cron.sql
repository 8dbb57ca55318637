create extension if not exists pg_cron with schema extensions;
select cron.schedule('nightly', '0 3 * * *', $$delete from todos where is_complete and inserted_at < now() - interval '1 year'$$);
