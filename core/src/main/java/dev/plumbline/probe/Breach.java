package dev.plumbline.probe;

/**
 * A threshold that the service is beyond.
 *
 * @param request the probe's name
 * @param what in figures, such as {@code p95 480 ms, 41 ms before}
 */
public record Breach(String request, Measure measure, String what) {}
