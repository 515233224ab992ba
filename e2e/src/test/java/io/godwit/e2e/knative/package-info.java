/** The four functions as four programs, among stand-ins for what Knative does: a broker, and an autoscaler. */
@NullMarked
package io.godwit.e2e.knative;

import org.jspecify.annotations.NullMarked;
