/**
 * When a job is due: cron expressions in a time zone, with what daylight saving time does to them stated and tested.
 */
@NullMarked
package io.godwit.platform.cron;

import org.jspecify.annotations.NullMarked;
