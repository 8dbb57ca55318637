--
-- PostgreSQL database dump
--
SET statement_timeout = 0;
SET lock_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET default_tablespace = '';
SET default_table_access_method = heap;

CREATE TABLE public.city (
    id integer NOT NULL,
    name character varying(80) NOT NULL,
    population bigint
);
ALTER TABLE public.city OWNER TO postgres;
CREATE SEQUENCE public.city_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.city_id_seq OWNED BY public.city.id;
ALTER TABLE ONLY public.city ALTER COLUMN id SET DEFAULT nextval('public.city_id_seq'::regclass);
COPY public.city (id, name, population) FROM stdin;
1	Rome	2800000
\.
SELECT pg_catalog.setval('public.city_id_seq', 1, true);
ALTER TABLE ONLY public.city
    ADD CONSTRAINT city_pkey PRIMARY KEY (id);
CREATE INDEX city_name ON public.city USING btree (name varchar_pattern_ops);
