package io.godwit.platform.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a record that lacks a component which is not {@code @Nullable}, whether the JSON said null or said nothing.
 * Asked after construction, so that defaults which the record's own constructor gives are honoured.
 */
final class CompleteRecords extends SimpleModule {
    private static final long serialVersionUID = 1L;

    CompleteRecords() {
        super("complete-records");
        setDeserializerModifier(new BeanDeserializerModifier() {
            private static final long serialVersionUID = 1L;

            @Override
            public JsonDeserializer<?> modifyDeserializer(
                    DeserializationConfig config, BeanDescription bean, JsonDeserializer<?> deserializer) {
                List<RecordComponent> needed = needed(bean.getBeanClass());
                return needed.isEmpty() ? deserializer : new Check(deserializer, needed);
            }
        });
    }

    private static List<RecordComponent> needed(Class<?> type) {
        List<RecordComponent> needed = new ArrayList<>();
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                if (!component.getType().isPrimitive()
                        && !component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                    component.getAccessor().setAccessible(true);
                    needed.add(component);
                }
            }
        }
        return needed;
    }

    private static final class Check extends DelegatingDeserializer {
        private static final long serialVersionUID = 1L;

        private final transient List<RecordComponent> needed;

        Check(JsonDeserializer<?> delegate, List<RecordComponent> needed) {
            super(delegate);
            this.needed = needed;
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> newDelegate) {
            return new Check(newDelegate, needed);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            Object value = super.deserialize(parser, context);
            for (RecordComponent component : needed) {
                if (read(component, value) == null) {
                    context.reportInputMismatch(this, "missing property '%s'", component.getName());
                }
            }
            return value;
        }

        private static @Nullable Object read(RecordComponent component, Object value) {
            try {
                return component.getAccessor().invoke(value);
            } catch (ReflectiveOperationException defect) {
                throw new IllegalStateException(component + " cannot be read", defect);
            }
        }
    }
}
