/** News of a run, sent to webhooks while it goes on; never in its way. */
@NullMarked
package dev.plumbline.notice;

import org.jspecify.annotations.NullMarked;
