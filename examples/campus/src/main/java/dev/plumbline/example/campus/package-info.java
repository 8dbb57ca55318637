/** An application that keeps learning progress in a CRM, while its shape is changed underneath. */
@NullMarked
package dev.plumbline.example.campus;

import org.jspecify.annotations.NullMarked;
