-- Other people's finished readings with all that belongs to them: %(count)s of them, three for each guest.
-- Neither charts nor names of others are ever read, so what stands for them need not open. Ids are in order of time, as ours are.
CREATE OR REPLACE FUNCTION pg_temp.id_at(at timestamptz, salt text) RETURNS uuid LANGUAGE sql AS $$
SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(md5(salt), 1, 3) || '8'
        || substr(md5(salt), 4, 15))::uuid
$$;
INSERT INTO fortune_reading (id, guest, kind, mode, topic, language, question, label, chart, other_label, token,
                             likeness, engine_version, prompt_version, created_at)
SELECT pg_temp.id_at(now() - n * interval '1 minute', 'reading' || n), md5((n / 3)::text), 'full', 'general', '', 'ko', '', '', 'x', '', md5(n::text),
       md5('like' || n), '1.0', '1', now() - n * interval '1 minute'
FROM generate_series(1, %(count)s) n;
INSERT INTO streams_run (id, subject, epoch, fence, worker, status, stop_requested, text, error_code, provider,
                         model, edition, own_key, input_tokens, output_tokens, cost_micro, created_at, finished_at)
SELECT pg_temp.id_at(created_at, 'run' || id), id, 1, 1, '', 'done', false, 'x', '', 'classic', '', '', false, 0, 0, 0, created_at,
       created_at
FROM fortune_reading ON CONFLICT DO NOTHING;
INSERT INTO core_charge (subject, key, address, day, state, created_at)
SELECT id, 'guest:' || guest, '', created_at::date, 'charged', created_at FROM streams_run r
JOIN LATERAL (SELECT guest FROM fortune_reading WHERE id = r.subject) g ON true ON CONFLICT DO NOTHING;
INSERT INTO core_daycount (key, day, used) SELECT DISTINCT key, day, 1 FROM core_charge ON CONFLICT DO NOTHING;
INSERT INTO core_visit (day, visitor) SELECT DISTINCT day, key FROM core_charge ON CONFLICT DO NOTHING;
ANALYZE fortune_reading, streams_run, core_charge, core_daycount, core_visit;
