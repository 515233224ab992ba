@NullMarked
package io.godwit.connector.sqlserver;

import org.jspecify.annotations.NullMarked;
