/** The files of a project, read strictly into records. */
@NullMarked
package dev.plumbline.project;

import org.jspecify.annotations.NullMarked;
