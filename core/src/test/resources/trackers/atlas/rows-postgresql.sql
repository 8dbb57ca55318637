INSERT INTO atlas_schema_revisions.atlas_schema_revisions VALUES
  ('.atlas_cloud_identifier', 'abc', 2, 0, 0, '2024-01-01 10:00:00+00:00', 5, '', '', '', NULL, 'Atlas CLI v0.32'),
  ('20240101000000', 'base', 1, 0, 0, '2024-01-01 10:00:00+00:00', 5, '', '', 'GalNh9sdoM+v1RUT3Xe7X5gNcFd0FlMaxvii6/W4Fz0=', NULL, 'Atlas CLI v0.32'),
  ('20240102000000', 'email', 2, 1, 1, '2024-01-02 10:00:00+00:00', 5, '', '', '+c/A1h7nUpsiN8y8g0eKVsUj2+lcrtWeOyD0Q9w1cGc=', NULL, 'Atlas CLI v0.32'),
  ('20240103000000', 'edited', 2, 1, 1, '2024-01-03 10:00:00+00:00', 5, '', '', 'Dm0MXk7q11PM+WRiaC8CwtFYcL08mt6J/YfZPy0ISIE=', NULL, 'Atlas CLI v0.32'),
  ('20240104000000', 'half', 2, 1, 3, '2024-01-04 10:00:00+00:00', 5, 'boom', 'SELECT', '/dgg1iq17V4XJLOG0anQTKIFCOag/d1wTg5COrLdUoY=', NULL, 'Atlas CLI v0.32'),
  ('20240105000000', 'failed', 2, 0, 2, '2024-01-05 10:00:00+00:00', 5, 'bang', 'SELECT', '+GdqKVDHTYaep1988+ACduIMdM5yzcs36hqB+g55Q34=', NULL, 'Atlas CLI v0.32'),
  ('20240106000000', 'by_hand', 4, 0, 0, '2024-01-06 10:00:00+00:00', 5, '', '', 'v72bowJdJe9EqRJKhhN3rC2CBafz1PnHSuL7VsDI30U=', NULL, 'Atlas CLI v0.32'),
  ('20240107000000', 'gone', 2, 1, 1, '2024-01-07 10:00:00+00:00', 5, '', '', 'x', NULL, 'Atlas CLI v0.32');
