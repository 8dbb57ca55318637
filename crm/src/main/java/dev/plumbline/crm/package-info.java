/** A stand-in for a CRM's HTTP API, with its shapes, limits and errors, and faults on purpose. */
@NullMarked
package dev.plumbline.crm;

import org.jspecify.annotations.NullMarked;
