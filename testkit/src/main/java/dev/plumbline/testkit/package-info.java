/**
 * What tests stand on: real databases, one to each test; faults on purpose; real child processes;
 * golden files. Start at {@link dev.plumbline.testkit.TestDatabase}.
 */
@NullMarked
package dev.plumbline.testkit;

import org.jspecify.annotations.NullMarked;
