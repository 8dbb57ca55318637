-- expect: unbatched-change:2
UPDATE orders SET state = 'new';
