/** Tests of io.godwit.platform.cron. */
@NullMarked
package io.godwit.platform.cron;

import org.jspecify.annotations.NullMarked;
