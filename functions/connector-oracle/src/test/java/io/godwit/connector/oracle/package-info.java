@NullMarked
package io.godwit.connector.oracle;

import org.jspecify.annotations.NullMarked;
