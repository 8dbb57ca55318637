'''left branch'''
revision = '2c3d00000002'
down_revision = '1a2b00000001'  # not "1a2b00000009"
