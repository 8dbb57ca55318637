@NullMarked
package dev.plumbline.crm;

import org.jspecify.annotations.NullMarked;
