-- expect: detach-without-concurrently:2
ALTER TABLE visit DETACH PARTITION visit_2019;
