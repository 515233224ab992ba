/**
 * What people read: live progress, plans, reports, errors; as text on a terminal or elsewhere, or as one JSON object.
 */
@NullMarked
package io.godwit.local.report;

import org.jspecify.annotations.NullMarked;
