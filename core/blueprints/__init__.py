"""What a work consists of: items, content elements, task types, levels, mark scales, threshold presets."""
