package image;

import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.classfile.attribute.ModulePackagesAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ModuleDesc;
import java.lang.constant.PackageDesc;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Provides;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.reflect.AccessFlag;

/** Writes a derived descriptor as the bytes of a {@code module-info.class}. */
final class DescriptorWriter {

    private DescriptorWriter() {}

    /**
     * Returns the class file of an open module with unqualified exports.
     *
     * <p>The entries are sorted by name, so the same jars result in the same bytes.
     */
    static byte[] write(ModuleDescriptor module) {
        ModuleAttribute attribute = ModuleAttribute.of(ModuleDesc.of(module.name()), builder -> {
            builder.moduleFlags(AccessFlag.OPEN);
            module.rawVersion().ifPresent(builder::moduleVersion);
            module.requires().stream().sorted().forEach(requires -> write(requires, builder));
            module.exports().stream()
                    .map(Exports::source)
                    .sorted()
                    .forEach(name -> builder.exports(PackageDesc.of(name), 0));
            module.uses().stream().sorted().map(ClassDesc::of).forEach(builder::uses);
            module.provides().stream().sorted().forEach(provides -> write(provides, builder));
        });
        var packages = ModulePackagesAttribute.ofNames(
                module.packages().stream().sorted().map(PackageDesc::of).toList());
        return ClassFile.of().buildModule(attribute, type -> type.with(packages));
    }

    private static void write(Requires requires, ModuleAttribute.ModuleAttributeBuilder builder) {
        int flags = 0;
        for (Requires.Modifier modifier : requires.modifiers()) {
            flags |= switch (modifier) {
                case TRANSITIVE -> AccessFlag.TRANSITIVE.mask();
                case STATIC -> AccessFlag.STATIC_PHASE.mask();
                case MANDATED -> AccessFlag.MANDATED.mask();
                case SYNTHETIC -> AccessFlag.SYNTHETIC.mask();
            };
        }
        builder.requires(ModuleDesc.of(requires.name()), flags, null);
    }

    private static void write(Provides provides, ModuleAttribute.ModuleAttributeBuilder builder) {
        ClassDesc[] providers = provides.providers().stream().map(ClassDesc::of).toArray(ClassDesc[]::new);
        builder.provides(ClassDesc.of(provides.service()), providers);
    }
}
