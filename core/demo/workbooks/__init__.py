"""The demo's works written out as workbooks in the layouts that schools receive and fill."""
