@NullMarked
package dev.plumbline.example.campus;

import org.jspecify.annotations.NullMarked;
