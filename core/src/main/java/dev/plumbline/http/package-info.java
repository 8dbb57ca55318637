/**
 * Requests to HTTP APIs: within their limits, repeated where that is safe, told without secrets.
 */
@NullMarked
package dev.plumbline.http;

import org.jspecify.annotations.NullMarked;
