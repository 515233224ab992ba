@NullMarked
package io.godwit.platform.jobfile;

import org.jspecify.annotations.NullMarked;
